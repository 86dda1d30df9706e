import { testRecorded } from './recorded-browser.js';

testRecorded('chromium');
