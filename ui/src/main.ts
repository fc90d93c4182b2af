// Starts the screens.

import '@fontsource-variable/bricolage-grotesque/standard.css';
import '@fontsource-variable/literata/standard.css';
import '@fontsource-variable/literata/standard-italic.css';
import './tokens.css';
import './base.css';

import { mount } from 'svelte';

import App from './App.svelte';
import { app } from './lib/state/app.svelte';

const target = document.getElementById('app');
if (target) mount(App, { target });
void app.start();
