/** Handlers of src/contract/file.ts. */
import { createOnce } from '../_server/aggregate'
import { derivedId } from '../_server/keys'
import { aboutNobody, handler } from '../_server/serve'
import { uploadOf } from '../_server/uploads'

export const fileHandlers = {
  'file.place': handler('file.place', {
    isFoundByKey: true,
    load: aboutNobody,
    async run({ ending }, _loaded, { request, now }) {
      const id = derivedId('f', request.key)
      const { path } = await createOnce('uploads', uploadOf(id, `notices/${id}${ending}`, null, request, now))
      return { path }
    },
  }),
}
