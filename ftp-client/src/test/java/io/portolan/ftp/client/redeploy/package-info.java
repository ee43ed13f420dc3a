@NullMarked
package io.portolan.ftp.client.redeploy;

import org.jspecify.annotations.NullMarked;
