/** Pools of connections, shared by the clients: how large they become ({@link io.portolan.pool.PoolOptions}), and what they hold ({@link io.portolan.pool.PoolState}). */
@NullMarked
package io.portolan.pool;

import org.jspecify.annotations.NullMarked;
