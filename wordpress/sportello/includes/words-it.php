<?php
/**
 * The settings page in Italian.
 *
 * @package sportello
 */

if ( ! defined( 'ABSPATH' ) ) {
	exit;
}

return array(
	'Sportello'                             => 'Sportello',
	'Settings'                              => 'Impostazioni',
	'Address of the server'                 => 'Indirizzo del server',
	'Pages'                                 => 'Pagine',
	'These pages'                           => 'Queste pagine',
	'Face'                                  => 'Volto',
	'Colour'                                => 'Colore',
	'Corner'                                => 'Angolo',
	'Other way to reach you'                => 'Un altro modo per contattarvi',
	'As the server says'                    => 'Come dice il server',
	'No face'                               => 'Nessun volto',
	'On every page'                         => 'Su ogni pagina',
	'On the front page only'                => 'Solo sulla pagina iniziale',
	'On these pages only'                   => 'Solo su queste pagine',
	'On every page but these'               => 'Su ogni pagina tranne queste',
	'Where lines end (right, in English)'   => 'Dove finiscono le righe (a destra, in italiano)',
	'Where lines begin (left, in English)'  => 'Dove cominciano le righe (a sinistra, in italiano)',
	'The address of the server begins with https:// and has no “?” or “#”, for example https://chat.example.com.' => 'L’indirizzo del server comincia con https:// e non ha “?” né “#”, per esempio https://chat.example.com.',
	'The colour is written as # and six digits, for example #1b6f8a.' => 'Il colore si scrive con # e sei cifre, per esempio #1b6f8a.',
	'What “public_url” says in sportello.yaml, for example https://chat.example.com. This site must be listed there under “allowed_origins”.' => 'Quello che dice “public_url” in sportello.yaml, per esempio https://chat.example.com. Questo sito deve stare lì sotto “allowed_origins”.',
	'For the last two choices above. Hold Ctrl (on a Mac, Cmd) to choose several.' => 'Per le ultime due scelte qui sopra. Tieni premuto Ctrl (su un Mac, Cmd) per sceglierne più di una.',
	'For example #1b6f8a. Empty: the colour of the chat itself.' => 'Per esempio #1b6f8a. Vuoto: il colore della chat stessa.',
	'An e-mail address, a telephone number or the address of a page: shown to visitors when the chat cannot be reached.' => 'Un indirizzo di posta, un numero di telefono o l’indirizzo di una pagina: i visitatori lo leggono quando la chat non è raggiungibile.',
);
