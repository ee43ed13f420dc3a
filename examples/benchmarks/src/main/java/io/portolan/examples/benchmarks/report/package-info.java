/** Figures, and how they are shown. Start with {@link io.portolan.examples.benchmarks.report.Results}. */
@NullMarked
package io.portolan.examples.benchmarks.report;

import org.jspecify.annotations.NullMarked;
