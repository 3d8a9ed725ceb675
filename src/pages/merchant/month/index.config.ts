export default definePageConfig({ navigationBarTitleText: '每月结算' })
