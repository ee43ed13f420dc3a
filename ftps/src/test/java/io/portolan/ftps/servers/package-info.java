/** Our client with servers of others, as processes of their own. Start with {@link io.portolan.ftps.servers.ForeignServer}. */
@org.jspecify.annotations.NullMarked
package io.portolan.ftps.servers;
