/** A dish, new or changed. */
import { useRouter } from '@tarojs/taro'
import { DishScreen } from '@/features/kitchen/dish-screen'

export default function DishPage() {
  const { params } = useRouter()
  return <DishScreen kitchenId={params['kitchenId'] ?? ''} dishId={params['dishId'] ?? ''} />
}
