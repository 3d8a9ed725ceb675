/** The pages and where they live: tab pages and the booking path in the main package, staff roles in subpackages. */
const speechPlugin = process.env.TARO_ENV === 'weapp' && process.env.WECHAT_SPEECH_PLUGIN
  ? { plugins: { WechatSI: { version: process.env.WECHAT_SPEECH_PLUGIN, provider: 'wx069ba97219f66d99' } } }
  : {}

export default defineAppConfig({
  pages: ['pages/home/index'],
  window: { navigationStyle: 'custom', backgroundColor: '#FAF6EE', backgroundTextStyle: 'dark' },
  lazyCodeLoading: 'requiredComponents',
  // H5 only: pages change without sliding.
  ...(process.env.TARO_ENV === 'h5' ? { animation: false } : {}),
  ...speechPlugin,
})
