// The collections of the durability test, shared by the test and by the process it kills.
export const DURABLE = {
  collections: {
    entries: { rule: 'ADMINONLY', indexes: [{ name: 'lane_n', keys: [['lane', 1], ['n', -1]], unique: false }, { name: 'code', keys: [['code', 1]], unique: true }] },
    accounts: { rule: 'ADMINONLY', indexes: [] },
  },
} as const
