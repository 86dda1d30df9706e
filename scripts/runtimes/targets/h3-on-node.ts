import type { Target } from '@cors/conformance';
import * as h3 from 'h3';
import { socketTarget } from '../../../packages/h3/test/h3-target.js';

export const target: Target = socketTarget({ name: 'h3', framework: h3 }, 'HTTP/1.1');
