/** The application on Express. */
import { createCors } from '@cors/core';
import { cors } from '@cors/express';
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { NotesModule } from './notes.js';

const forOurApp = createCors({
  origin: ['https://app.example.com', 'http://localhost:*'],
  credentials: true,
  methods: ['PUT', 'DELETE'],
  allowedHeaders: ['Content-Type'],
  exposedHeaders: ['X-Total-Count'],
  maxAge: 600,
});
const forAnyPage = createCors({ origin: '*', maxAge: 3600 });

@Controller('fonts')
class FontsController {
  @Get(':name')
  font(): string {
    return 'a font';
  }
}

@Module({ imports: [NotesModule], controllers: [FontsController] })
class AppModule {}

/** An application whose every reply carries the right CORS headers. */
export async function createExpressApp(): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(AppModule);
  // Before all else that is put on the application here. Nest's own body parser, the middlewares of
  // modules and the routes follow in `init`, which `listen` calls. Never beside `app.enableCors()` or
  // the option `cors`: where that stands in front, it answers all preflights, and grants them.
  app.use(
    cors({
      policy: ({ path }) => (path.startsWith('/api/fonts/') ? forAnyPage : forOurApp),
    }),
  );
  app.useBodyParser('json', { limit: 10_000 });
  app.setGlobalPrefix('api');
  return app;
}
