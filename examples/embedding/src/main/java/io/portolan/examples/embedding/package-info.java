/**
 * Small programs with an endpoint inside. What stands between {@code tag} and {@code end} stands in the README, word for word. Start with
 * {@link io.portolan.examples.embedding.HelloFtpServer} and {@link io.portolan.examples.embedding.MapFileSystem}.
 */
@NullMarked
package io.portolan.examples.embedding;

import org.jspecify.annotations.NullMarked;
