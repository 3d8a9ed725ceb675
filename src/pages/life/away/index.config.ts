export default definePageConfig({ navigationBarTitleText: '住院、出门' })
