/** What ssh_config(5) says of a host. Start with {@link io.portolan.sftp.client.internal.config.ConfigReader} and {@link io.portolan.sftp.client.internal.config.HostOptions}. */
@NullMarked
package io.portolan.sftp.client.internal.config;

import org.jspecify.annotations.NullMarked;
