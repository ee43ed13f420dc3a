/** What watches over the test runs and the public types of every module. Start with {@code LeakGuard} and {@code ApiSurface}. */
package io.portolan.testing;
