import { replyAndPolicyFaults } from './index.js';
import { runFaults } from './run-faults.js';

runFaults('in what leaves, and under which policy', replyAndPolicyFaults);
