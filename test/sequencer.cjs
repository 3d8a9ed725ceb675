// The longest first, whatever the size of their files: one of them begun last would keep a processor waiting for it.
const Sequencer = require('@jest/test-sequencer').default

const longestFirst = [
  'screens/accessibility', 'screens/stage', 'screens/weapp-screens', 'screens/path', 'screens/safety', 'screens/meals',
  'actions/permission-matrix', 'actions/replay', 'actions/week', 'actions/lost-steps', 'actions/meal-crash', 'actions/points-crash',
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
