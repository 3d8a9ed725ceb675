export default definePageConfig({ navigationBarTitleText: '掌上乐龄' })
