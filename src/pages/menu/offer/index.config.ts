export default definePageConfig({ navigationBarTitleText: '你点我送' })
