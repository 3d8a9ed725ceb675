export default definePageConfig({ navigationBarTitleText: '补录工时' })
