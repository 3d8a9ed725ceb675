export default definePageConfig({ navigationBarTitleText: '延住，或提前离开' })
