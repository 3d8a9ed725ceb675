export default definePageConfig({ navigationBarTitleText: '照护计划' })
