/** The world of the points tests: with a second administrator and a second social worker, as everything that two people decide needs. */
import type { Subdistrict } from '../../src/domain/service-item'
import { startMealWorld, type MealWorld } from './meal-world'

/** The world with its kitchen, and `o_admin2`, a second administrator; `o_social2`, a second social worker of 华光城. */
export async function startPointsWorld(ofDongliu: Partial<Subdistrict> = {}): Promise<MealWorld> {
  const world = await startMealWorld(ofDongliu)
  await world.addPerson('admin2', { openid: 'o_admin2', name: '何芳', birthOn: '1979-01-01', grants: [{ role: 'admin' }] })
  await world.addPerson('social2', { openid: 'o_social2', name: '张岚', birthOn: '1991-01-01', grants: [{ role: 'socialWorker', communityIds: ['huaguang'] }] })
  return world
}
