// Stands in for what the hot path never waits for: the queue that carries entries to the book.
export default {
  async fetch(request) {
    await request.arrayBuffer()
    return Response.json({
      metadata: { metrics: { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: Date.now() } },
    })
  },
  async queue() {},
}
