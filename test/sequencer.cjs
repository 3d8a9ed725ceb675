// The longest first, whatever the size of their files: one of them begun last would keep a processor waiting for it.
const Sequencer = require('@jest/test-sequencer').default

const longestFirst = [
  'screens/safety', 'screens/stage', 'screens/path', 'screens/accessibility', 'screens/meals', 'screens/points', 'screens/weapp-screens', 'screens/staff', 'screens/notices',
  'actions/permission-matrix', 'actions/replay', 'emulator/gateway', 'actions/lost-steps', 'actions/menu', 'actions/meal-crash', 'emulator/runner', 'actions/notice-reach', 'actions/points', 'actions/meal-race', 'emulator/database-durability',
]

const rank = ({ path }) => {
  const place = longestFirst.findIndex((name) => path.replace(/\\/g, '/').includes(`/test/${name}.test.`))
  return place < 0 ? longestFirst.length : place
}

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rank(one) - rank(other))
  }
}
