export default definePageConfig({ navigationBarTitleText: '做志愿者' })
