export default definePageConfig({ navigationBarTitleText: '以前的通知' })
