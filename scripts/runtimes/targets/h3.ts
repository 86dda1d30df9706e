import type { Target } from '@cors/conformance';
import * as h3 from 'h3';
import { memoryTarget } from '../../../packages/h3/test/h3-target.js';

export const target: Target = memoryTarget({ name: 'h3', framework: h3 });
