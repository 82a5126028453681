// Every resource that the platform needs in an account, read off the Workers' own configs.
import { readConfig, workers } from './project.mjs'

export function neededResources() {
  const databases = new Set()
  const buckets = new Set()
  const queues = new Set()
  for (const worker of workers) {
    const config = readConfig(worker)
    for (const { database_name } of config.d1_databases ?? []) databases.add(database_name)
    for (const { bucket_name } of config.r2_buckets ?? []) buckets.add(bucket_name)
    for (const { queue } of config.queues?.producers ?? []) queues.add(queue)
    for (const { queue, dead_letter_queue } of config.queues?.consumers ?? []) {
      queues.add(queue)
      if (dead_letter_queue) queues.add(dead_letter_queue)
    }
  }
  return { databases: [...databases], buckets: [...buckets], queues: [...queues] }
}
