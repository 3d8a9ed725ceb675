export default definePageConfig({ navigationBarTitleText: '改哪天走' })
