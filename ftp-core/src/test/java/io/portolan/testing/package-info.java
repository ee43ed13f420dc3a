/** What watches over the test runs. Start with {@code LeakGuard}. */
package io.portolan.testing;
