import { decisionFaults } from './index.js';
import { inMemory } from './in-memory.js';
import { runFaults, runSound } from './run-faults.js';

runSound(inMemory({}));
runFaults('in what is decided', decisionFaults);
