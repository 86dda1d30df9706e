import process from 'node:process';
import { app } from './app.js';

const port = Number(process.env['PORT'] ?? 3000);
app.listen(port, () => {
  console.log(`http://localhost:${String(port)}`);
});
