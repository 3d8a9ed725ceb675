export default definePageConfig({ navigationBarTitleText: '转积分' })
