// Counts what the checked test run did, and fails when ../shared is there and its tests were left out.
import { existsSync, readFileSync } from 'node:fs';

const { testResults } = JSON.parse(readFileSync('coverage/tests.json', 'utf8'));
const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
const count = (status) => tests.filter((test) => test.status === status).length;
const onRealBooks = tests.filter(
  ({ status, fullName }) => status === 'passed' && fullName.includes('../shared'),
).length;
const shared = existsSync('../shared');
console.log(`tests on ../shared: ${onRealBooks}${shared ? '' : ' (the folder is not there)'}`);
console.log(`${count('passed')} passed, ${count('failed')} failed`);
if (count('failed') > 0 || count('passed') === 0) process.exit(1);
const leftOut = tests.some(({ fullName }) => fullName.includes('(left out: no ../shared)'));
if (shared && (onRealBooks === 0 || leftOut)) {
  console.error('../shared is there, but its tests did not run');
  process.exit(1);
}
