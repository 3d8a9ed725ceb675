export default definePageConfig({ navigationBarTitleText: '公平' })
