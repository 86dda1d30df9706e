import { socketFaults } from './index.js';
import { onHttp1, onHttp2 } from './on-node.js';
import { runFaults, runSound } from './run-faults.js';
import { behind } from './tcp-front.js';

runSound(onHttp1({}));
runSound(onHttp2({}));
runSound(behind((bytes) => bytes, onHttp1({})));
runFaults('that only a socket shows', socketFaults);
