<?php
/**
 * The two lines on a page.
 *
 * @package sportello
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

/**
 * Whether the page that is being made has the chat.
 *
 * @param array<string, mixed> $options As sportello_options gives them.
 * @return bool
 */
function sportello_is_here( $options ) {
	if ( '' === $options['server'] || is_feed() || is_embed() || is_customize_preview() ) {
		return false;
	}
	$listed = in_array( (int) get_queried_object_id(), $options['pages'], true ) && is_singular();
	switch ( $options['where'] ) {
		case 'front':
			$here = is_front_page();
			break;
		case 'pages':
			$here = $listed;
			break;
		case 'except':
			$here = ! $listed;
			break;
		default:
			$here = true;
	}
	/**
	 * For themes and other plug-ins that know better.
	 *
	 * @param bool $here Whether this page has the chat.
	 */
	return (bool) apply_filters( 'sportello_is_here', $here );
}

/**
 * The language of the page, as its `<html lang>` says: "it" of "it-IT", "it_IT" or "it_IT_formal".
 *
 * @return string Two letters, or '' for what is none: then the element asks the page.
 */
function sportello_language() {
	$locale = function_exists( 'determine_locale' ) ? determine_locale() : get_locale();
	if ( preg_match( '/\blang="([A-Za-z]{2})\b/', (string) get_language_attributes( 'html' ), $found ) ) {
		return strtolower( $found[1] );
	}
	return preg_match( '/^([A-Za-z]{2})(?![A-Za-z])/', (string) $locale, $found ) ? strtolower( $found[1] ) : '';
}

/**
 * The lines.
 *
 * @param array<string, mixed> $options As sportello_options gives them.
 * @return string
 */
function sportello_tag( $options ) {
	$attributes = array(
		'lang'     => sportello_language(),
		'avatar'   => $options['avatar'],
		'accent'   => $options['accent'],
		'position' => 'start' === $options['position'] ? 'start' : '',
		'contact'  => $options['contact'],
	);
	/**
	 * The attributes of the element, by name; '' = left out.
	 *
	 * @param array<string, string> $attributes
	 */
	$attributes = (array) apply_filters( 'sportello_attributes', $attributes );
	$written    = '';
	foreach ( $attributes as $name => $value ) {
		if ( is_scalar( $value ) && '' !== (string) $value && preg_match( '/^[a-z][a-z-]{0,31}$/', (string) $name ) && 0 !== strpos( (string) $name, 'on' ) ) {
			$written .= sprintf( ' %s="%s"', $name, esc_attr( (string) $value ) );
		}
	}
	$src = $options['server'] . '/sportello.js';
	// WordPress's own way lets a plug-in for policies add its nonce.
	$script = function_exists( 'wp_get_script_tag' )
		? wp_get_script_tag( array( 'type' => 'module', 'src' => $src ) )
		: sprintf( "<script type=\"module\" src=\"%s\"></script>\n", esc_url( $src ) );
	return $script . sprintf( "<sportello-chat%s></sportello-chat>\n", $written );
}

/** At the end of every page. */
function sportello_print_tag() {
	$options = sportello_options();
	if ( sportello_is_here( $options ) ) {
		echo sportello_tag( $options ); // phpcs:ignore WordPress.Security.EscapeOutput -- escaped piece by piece.
	}
}
