export default definePageConfig({ navigationBarTitleText: '查一遍总账' })
