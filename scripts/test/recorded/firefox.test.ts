import { testRecorded } from './recorded-browser.js';

testRecorded('firefox');
