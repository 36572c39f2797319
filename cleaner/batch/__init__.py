"""Batch: millions of pages, nothing lost, nothing hangs; kill it and go on.

The unit is a *chunk*: a part of the input with a number, planned without reading it (`plan`). A worker process reads its own chunk, cleans
its pages and writes one shard (`worker`); the parent only hands out chunks, watches heartbeats in shared memory (`heartbeat`, `pool`) and
publishes finished shards (`supervisor`, `manifest`). A page that kills or holds up its worker is therefore known exactly, costs only
itself, and lands in the dead letters with its raw bytes. Since a shard depends on its chunk and the configuration alone, its bytes are the
same whatever the number of workers and however often the run was killed.

The seam for engines is `chunks.clean_chunk(chunk, config, …) -> ShardReport`: the local supervisor and Ray submit the same chunks.
"""
