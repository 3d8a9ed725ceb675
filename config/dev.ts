/** What a build that is rebuilt on every change does differently: readable output, no compression. */
import path from 'node:path'
import type { UserConfigExport } from '@tarojs/cli'

export default {
  logger: { quiet: true, stats: false },
  // A build that is made once would only pay for writing it.
  cache: { enable: true, buildDependencies: { config: [path.resolve(__dirname, 'index.ts'), path.resolve(__dirname, '..', 'package.json')] } },
  mini: { debugReact: false },
  h5: { devServer: { open: false, hot: false } },
} satisfies UserConfigExport<'webpack5'>
