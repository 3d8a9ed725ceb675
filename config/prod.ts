/** What a build for people does differently: small, because an old phone on a weak network must start it. */
import type { UserConfigExport } from '@tarojs/cli'

export default {
  logger: { quiet: true, stats: false },
  jsMinimizer: 'terser',
  cssMinimizer: 'csso',
  mini: {},
  h5: {},
} satisfies UserConfigExport<'webpack5'>
