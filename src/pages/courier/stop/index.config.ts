export default definePageConfig({ navigationBarTitleText: '这一家' })
