/** What the tests of every module share: what watches over their runs and their public types ({@code LeakGuard}, {@code ApiSurface}), and the programs of other people that they drive ({@code PeerTest}). */
package io.portolan.testing;
