// Owner: images. Its jobs; what they make is the library's.
import { jobTable } from '../job-table.ts'

export const imageJobs = jobTable('image_jobs')
