<?php
/**
 * What the plug-in asks of WordPress, in short: functions under their real names that do what the real ones do as far as
 * it matters here, and a $world that the tests arrange.
 */

define( 'ABSPATH', __DIR__ . '/' );

$world = array();

/** Everything as on a fresh installation, seen by an administrator. */
function fresh_world() {
	global $world;
	$world = array(
		'options'  => array(),
		'actions'  => array(),
		'filters'  => array(),
		'admin'    => true,
		'manages'  => true,
		'locale'   => 'it_IT',
		'lang'     => 'it-IT',
		'object'   => 0,
		'singular' => false,
		'front'    => false,
		'feed'     => false,
		'fields'   => array(),
		'errors'   => array(),
		'sites'    => array(),
		'settings' => array(),
		'pages'    => array(),
	);
}
fresh_world();

// Hooks.
function add_action( $name, $work, $priority = 10, $count = 1 ) { global $world; $world['actions'][ $name ][] = $work; }
function add_filter( $name, $work, $priority = 10, $count = 1 ) { global $world; $world['filters'][ $name ][] = $work; }
function apply_filters( $name, $value, ...$more ) {
	global $world;
	foreach ( $world['filters'][ $name ] ?? array() as $work ) $value = $work( $value, ...$more );
	return $value;
}
function do_action( $name ) { global $world; foreach ( $world['actions'][ $name ] ?? array() as $work ) $work(); }
function __return_false() { return false; }

// Options and sites.
function get_option( $name, $otherwise = false ) { global $world; return $world['options'][ $name ] ?? $otherwise; }
function delete_option( $name ) { global $world; unset( $world['options'][ $name ] ); }
function is_multisite() { global $world; return count( $world['sites'] ) > 0; }
function get_sites( $asked ) { global $world; return array_keys( $world['sites'] ); }
function switch_to_blog( $site ) { global $world; $world['options'] = &$world['sites'][ $site ]; }
function restore_current_blog() {}

// The page that is made.
function is_admin() { global $world; return $world['admin']; }
function is_feed() { global $world; return $world['feed']; }
function is_embed() { return false; }
function is_customize_preview() { return false; }
function is_singular() { global $world; return $world['singular']; }
function is_front_page() { global $world; return $world['front']; }
function get_queried_object_id() { global $world; return $world['object']; }
function get_locale() { global $world; return $world['locale']; }
function determine_locale() { return get_locale(); }
function get_user_locale() { return get_locale(); }
function get_language_attributes( $doctype = 'html' ) { global $world; return $world['lang'] === '' ? '' : 'dir="ltr" lang="' . $world['lang'] . '"'; }
function get_pages( $asked ) { global $world; return array_map( static function ( $id, $title ) { return (object) array( 'ID' => $id, 'post_title' => $title ); }, array_keys( $world['pages'] ), $world['pages'] ); }
function get_the_title( $page ) { return 7 === $page ? 'Un <b>articolo</b>' : ''; }

// Escaping and cleaning, as the real ones do it.
function esc_html( $text ) { return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' ); }
function esc_attr( $text ) { return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8' ); }
function esc_url_raw( $url, $protocols = array( 'http', 'https' ) ) {
	$url = preg_replace( '|[^a-z0-9-~+_.?#=!&;,/:%@$\|*\'()\[\]\\x80-\\xff]|i', '', ltrim( $url ) );
	$scheme = strtolower( (string) parse_url( $url, PHP_URL_SCHEME ) );
	return in_array( $scheme, $protocols, true ) ? $url : '';
}
function esc_url( $url ) { return str_replace( array( '&', "'" ), array( '&#038;', '&#039;' ), esc_url_raw( $url ) ); }
function wp_parse_url( $url ) { return parse_url( $url ); }
function absint( $value ) { return abs( (int) $value ); }
function sanitize_text_field( $text ) { return trim( preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( (string) $text ) ) ); }
if ( ! function_exists( 'mb_substr' ) ) {
	function mb_substr( $text, $from, $length ) { return implode( '', array_slice( preg_split( '//u', $text, -1, PREG_SPLIT_NO_EMPTY ), $from, $length ) ); }
}

// Words.
function __( $text, $domain ) { return apply_filters( 'gettext_' . $domain, $text, $text, $domain ); }
function esc_html__( $text, $domain ) { return esc_html( __( $text, $domain ) ); }

// The settings page.
function plugin_basename( $file ) { return 'sportello/' . basename( $file ); }
function current_user_can( $what ) { global $world; return $world['manages'] && 'manage_options' === $what; }
function admin_url( $path ) { return 'https://shop.example/wp-admin/' . $path; }
function add_options_page( $title, $menu, $may, $slug, $show ) { global $world; $world['page'] = compact( 'title', 'menu', 'may', 'slug', 'show' ); }
function register_setting( $group, $name, $about ) { global $world; $world['settings'][ $name ] = $about + array( 'group' => $group ); }
function add_settings_section( $id, $title, $show, $page ) {}
function add_settings_field( $id, $title, $show, $page, $section, $of ) { global $world; $world['fields'][] = array( $title, $show, $of ); }
function add_settings_error( $setting, $code, $text ) { global $world; $world['errors'][ $code ] = $text; }
function get_admin_page_title() { return 'Sportello'; }
function settings_fields( $group ) { echo "<input type='hidden' name='option_page' value='" . esc_attr( $group ) . "'>"; }
function do_settings_sections( $page ) { global $world; foreach ( $world['fields'] as list( $title, $show, $of ) ) { echo '<label for="' . esc_attr( $of['label_for'] ) . '">' . esc_html( $title ) . '</label>'; $show( $of ); } }
function submit_button() { echo '<button>Save</button>'; }
function selected( $one, $other, $show ) { return (string) $one === (string) $other ? " selected='selected'" : ''; }

// What options.php does with a form.
function save_form( $name, $given ) {
	global $world;
	$world['errors'] = array();
	$world['options'][ $name ] = call_user_func( $world['settings'][ $name ]['sanitize_callback'], $given );
}
