/** What a build that is rebuilt on every change does differently: readable output, no compression. */
import type { UserConfigExport } from '@tarojs/cli'

export default {
  logger: { quiet: true, stats: false },
  mini: { debugReact: false },
  h5: { devServer: { open: false, hot: false } },
} satisfies UserConfigExport<'webpack5'>
