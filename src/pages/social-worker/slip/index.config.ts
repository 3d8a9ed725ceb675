export default definePageConfig({ navigationBarTitleText: '条子' })
