/** What is told about an exchange when it has ended. */
@NullMarked
package io.understudy.servlet.report;

import org.jspecify.annotations.NullMarked;
