export default definePageConfig({ navigationBarTitleText: '订几天' })
