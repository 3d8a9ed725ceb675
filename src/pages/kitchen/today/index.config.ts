export default definePageConfig({ navigationBarTitleText: '今日厨房' })
