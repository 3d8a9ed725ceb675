export default definePageConfig({ navigationBarTitleText: '要回的问题' })
