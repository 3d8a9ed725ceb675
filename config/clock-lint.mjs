/** Lint rule `clock/one-clock`: tests and the demo can set the one clock, so nothing else may ask the machine for the time. */
const asksTheMachine = {
  create(context) {
    const report = (node, message) => context.report({ node, message })
    return {
      CallExpression(node) {
        const { callee } = node
        if (callee.type === 'Identifier' && callee.name === 'Date') report(node, 'Time comes from the one clock.')
        if (callee.type === 'Identifier' && callee.name === 'dayjs' && node.arguments.length === 0) report(node, 'dayjs needs an explicit time.')
        if (callee.type === 'MemberExpression' && callee.object.name === 'Date' && callee.property.name === 'now') report(node, 'Time comes from the one clock.')
      },
      NewExpression(node) {
        if (node.callee.name === 'Date' && node.arguments.length === 0) report(node, 'Time comes from the one clock.')
      },
    }
  },
}

export default { meta: { name: 'clock' }, rules: { 'one-clock': asksTheMachine } }
