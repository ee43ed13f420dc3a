/**
 * Mirrors: making one tree of files like another, shared by the clients. Start with {@link io.portolan.mirror.MirrorOptions} and
 * {@link io.portolan.mirror.MirrorResult}; a client's own page says how to run one.
 */
@NullMarked
package io.portolan.mirror;

import org.jspecify.annotations.NullMarked;
